"""What can be asked for over HTTP: one file a resource, one function a page."""

from app.routes import (
    charts,
    dashboard,
    dictionary,
    donors,
    events,
    exports,
    health,
    method,
    packages,
    pledges,
    quality,
    sources,
    systems,
)

ROUTERS = [
    module.router
    for module in (
        dashboard,
        exports,
        pledges,
        donors,
        systems,
        events,
        packages,
        sources,
        quality,
        charts,
        method,
        dictionary,
        health,
    )
]
