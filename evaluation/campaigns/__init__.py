"""How well spamming campaigns are told from honest ones, on campaigns drawn by chance."""
