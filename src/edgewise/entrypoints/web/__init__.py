"""The web pages: the whole rehearsal in a browser on this machine.

serving      the server: its address, its start and its end
application  the pages and the HTTP API put together
guard        what keeps other pages and other machines out
desk         what the pages work with: Edgewise, papers, templates, conversations going on
talks        the conversations going on
forms        what was written into a form, as a situation
fields       what a form asks, and what has been answered
charts       the take as a chart
pages        one module for each page
api          the same by HTTP, for programs
templates    how the pages are built
static       how they look and move; nothing comes from elsewhere
"""

from edgewise.entrypoints.web.application import application

__all__ = ["application"]
