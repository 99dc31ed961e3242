"""What every view must hold, worked out by the reference computation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.replies import classify
from tests.folds._policies import Policy, judged_by_time
from tests.reference import model
from tests.reference._identity import counted_messages
from tests.system.outreach import Row, Views, in_order

MessageKey = tuple[str, str, str, str]
_BEYOND = {"dead_letters", "signals", "campaign_risk", "alerts"}
Compute = Callable[[Sequence[model.Event]], model.Result]


def class_of(body: str) -> str:
    """Return the class of an inbound body, as ClickHouse shows it."""
    return classify(body).value


def by_default(events: Sequence[model.Event]) -> model.Result:
    """Judge by the shipped policy."""
    return model.compute(events, class_of)


def by_policies(*policies: Policy) -> Compute:
    """Judge each touch by the policy of its time."""
    return lambda events: judged_by_time(events, policies, class_of)


def expected_views(events: Sequence[model.Event], compute: Compute = by_default) -> Views:
    """Return the rows of the views that events alone decide; violations without their detail.

    Each workspace is computed by itself, as nothing crosses from one to another.
    """
    by_workspace: dict[str, list[model.Event]] = defaultdict(list)
    for event in events:
        by_workspace[event.workspace].append(event)
    views: Views = defaultdict(list)
    for some in by_workspace.values():
        for view, rows in _views(some, compute(some)).items():
            views[view] += rows
    return {view: in_order(rows) for view, rows in views.items()}


def comparable(views: Views) -> Views:
    """Return found views as `expected_views` gives them: no dead letters, and no details.

    Nor what rests on the judgement of texts, which the reference computation does not know.
    """
    kept = {view: rows for view, rows in views.items() if view not in _BEYOND}
    touches = [
        {name: value for name, value in row.items() if name != "quality"} for row in kept["touches"]
    ]
    violations = [
        {name: value for name, value in row.items() if name != "detail"}
        for row in kept["violations"]
    ]
    return kept | {"violations": in_order(violations), "touches": in_order(touches)}


def derived(views: Views) -> Views:
    """Return what is a function of the set of events: alerts and pauses are facts of their time."""
    risks = [
        {name: value for name, value in row.items() if name != "paused"}
        for row in views["campaign_risk"]
    ]
    kept = {view: rows for view, rows in views.items() if view != "alerts"}
    return kept | {"campaign_risk": in_order(risks)}


def rules_broken(views: Views) -> set[str]:
    """Return every rule that some touch breaks."""
    return {row["rule"] for row in views["violations"]}


def _views(events: Sequence[model.Event], result: model.Result) -> Views:
    counted = {event.message: event for event in counted_messages(events)}
    return {
        "touches": [_message(key) | asdict(row) for key, row in result.touches.items()],
        "replies": [
            _message(key) | asdict(row) | {"event_id": counted[key].event_id}
            for key, row in result.replies.items()
        ],
        "audience_messages": [
            _message(key)
            | asdict(row)
            | {"event_id": counted[key].event_id, "kind": counted[key].kind or "message"}
            for key, row in result.audience_messages.items()
        ],
        "violations": [_violation(*violation, result) for violation in result.violations],
        "response_rates": [
            _named("campaign_id template_id hour", cell)
            | _counts("attempts replied_attempts positive_attempts opt_outs", counts)
            for cell, counts in result.response_rates.items()
        ],
        "step_rates": [
            _named("campaign_id template_id step hour", cell)
            | _counts("touches replied_touches positive_touches reply_seconds", counts)
            for cell, counts in result.step_rates.items()
        ],
        "send_requests": _send_requests(events),
    }


def _message(key: MessageKey) -> Row:
    return _named("message_id", key)


def _named(names: str, values: Sequence[Any]) -> Row:
    every = ["workspace", "platform", "account_id", *names.split()]
    return dict(zip(every, values, strict=True))


def _counts(names: str, counts: Sequence[int]) -> Row:
    return dict(zip(names.split(), counts, strict=True))


def _violation(*parts: Any) -> Row:  # noqa: ANN401 - the parts of a violation, and the result
    *key, rule, result = parts
    message = (key[0], key[1], key[2], key[3])
    touch = result.touches[message]
    kept = {name: getattr(touch, name) for name in ("creator_id", "campaign_id", "sent_at")}
    return _message(message) | kept | {"rule": rule}


def _send_requests(events: Sequence[model.Event]) -> list[Row]:
    requests: dict[MessageKey, model.Event] = {}
    for event in sorted(events, key=lambda event: event.order, reverse=True):
        if event.type == "send_request":
            requests[event.message] = event
    return [
        {
            "workspace": request.workspace,
            "platform": request.platform,
            "account_id": request.account_id,
            "request_id": request.message_id,
            "creator_id": request.creator_id,
            "campaign_id": request.campaign_id or "",
            "template_id": request.template_id or "",
            "requested_at": request.occurred_at,
            "event_id": request.event_id,
            "body": request.body,
        }
        for request in requests.values()
    ]
