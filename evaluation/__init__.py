"""How well the product judges messages, campaigns and copies, on what it was not tuned on."""
