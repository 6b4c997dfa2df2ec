"""How many examples a test sees, and that they are the same ones every time."""

from hypothesis import HealthCheck, settings


def examples(number: int) -> settings:
    """``number`` of them, found anew in each run alike; with the profile "longer" 20 times more,
    and others each time. Whatever a fixture gives is made once for all examples of a test.
    """
    is_longer = settings.default is not None and settings.default.max_examples >= 2000
    return settings(
        max_examples=number * 20 if is_longer else number,
        derandomize=not is_longer,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
