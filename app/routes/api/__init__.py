"""The REST API: the same records, for programs. One file a resource."""

from app.routes.api import changes, documentation, parts, pledges, referred, totals

DESCRIBED = [module.router for module in (pledges, parts, referred, totals, changes)]
ROUTERS = [*DESCRIBED, documentation.router]
