"""Failures in words: the mock's own, in the order in which a developer needs them."""

from collections.abc import Sequence

from .records import RequestRecord, Verification

_most = 5


def explain_unmatched(requests: Sequence[RequestRecord]) -> str:
    """Each request that no fixture matched, and what came nearest to it; the first line tells."""
    told = [f"{each.get('message')}\n  for {_name(each)}" for each in requests[:_most]]
    more = [f"And {len(requests) - _most} more."] if len(requests) > _most else []
    hint = 'Mend the fixture, or allow it with @pytest.mark.longcat(unmatched="allow").'
    return "\n".join([*told, *more, hint])


def _name(request: RequestRecord) -> str:
    return f"{request['method']} {request['path'].removeprefix('/s/' + request['session'])}"


def explain_failure(verification: Verification) -> str:
    """Why ``verify`` says no, with the requests that came nearest."""
    lines = [verification["reason"]]
    for near in verification["nearMisses"]:
        lines.append(f"  {near['request']} meets {near['met']} of {near['of']} conditions:")
        lines += [
            f"    {each['place']}: expected {each['expected']}, got {each['got']}"
            for each in near["differs"]
        ]
    return "\n".join(lines)
