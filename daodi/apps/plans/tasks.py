"""Background jobs of plans."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from daodi.apps.plans.issuing import send_tasks
from daodi.apps.plans.models import Plan


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=10), pass_context=False)
def send_plan(plan_id: int) -> int:
    """Send the tasks of an issued plan to their units; tried again, it goes on where it was."""
    plan = Plan.objects.for_page().get(pk=plan_id)
    if plan.issued_by is None:
        raise LookupError(f"plan {plan_id} was not issued")
    return send_tasks(plan, by=plan.issued_by, now=timezone.now())
