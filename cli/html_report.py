"""The HTML report of an audit, with its files read and its figures drawn."""

from importlib.resources import files

from bucketwright import __version__
from bucketwright.audited import Audit
from bucketwright.reports.html.charts import specs
from bucketwright.reports.html.page import FILES, Layout, page
from cli.charts import pictures


def html_report(audit: Audit, *, passing: bool) -> str:
    """The whole page."""
    here = files("bucketwright.reports.html")
    layout = Layout(*(here.joinpath(name).read_text(encoding="utf-8") for name in FILES))
    return page(audit, layout, pictures(specs(audit)), __version__, passing=passing)
