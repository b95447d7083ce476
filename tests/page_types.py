"""One page of each type, and of each state that looks another way: what is looked at, weighed and judged."""

from small import TOKENS_PATH

PAGE_TYPES = {
    "home": "/",
    "models": "/models",
    "models as cards": "/models?view=cards",
    "models, filtered": "/models?capability=tool_call&min_context=200000&sort=input_price",
    "no model fits": "/models?q=no-such-model-at-all",
    "family": "/models/linden",
    "large family": "/models/oriel",
    "model": TOKENS_PATH,
    "model of images": "/models/prism-2/flex-text-to-image",
    "retired model": "/models/castor/2.5-pro",
    "providers": "/providers",
    "provider": "/providers/arbor",
    "compare, picking": "/compare",
    "compare": "/compare/linden-aubade-4-8-vs-linden-ballad-4-5-20250929",
    "pricing": "/pricing",
    "status": "/status",
    "changes": "/changes",
    "search": "/search?q=ballad",
    "documentation": "/docs",
    "page of the documentation": "/docs/quickstart",
    "skills": "/skills",
    "skill": "/skills/linden",
    "reference": "/api/v1/docs",
    "styleguide": "/styleguide",
    "nothing there": "/models/linden/no-such-model",
}
