"""What can be asked for over HTTP: one file a resource, one function a page."""

from app.routes import (
    account,
    accounts,
    cells,
    charts,
    dashboard,
    dictionary,
    donors,
    events,
    exports,
    health,
    invitations,
    method,
    packages,
    parts,
    pledges,
    quality,
    second_step,
    sessions,
    sources,
    systems,
    tokens,
)

ROUTERS = [
    module.router
    for module in (
        dashboard,
        exports,
        pledges,
        cells,
        parts,
        donors,
        systems,
        events,
        packages,
        sources,
        quality,
        charts,
        method,
        dictionary,
        sessions,
        account,
        second_step,
        tokens,
        accounts,
        invitations,
        health,
    )
]
