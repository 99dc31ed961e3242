"""The page: HTML made on the server, which needs no script and loads nothing from elsewhere."""

from pipeline.web.page._document import CONTENT_SECURITY_POLICY
from pipeline.web.page._report_page import Moment, render_notice, render_report

__all__ = ["CONTENT_SECURITY_POLICY", "Moment", "render_notice", "render_report"]
