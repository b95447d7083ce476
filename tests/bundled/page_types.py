"""The pages of `page_types` on a site with the bundled catalog."""

import page_types

PAGE_TYPES = page_types.PAGE_TYPES | {
    "family": "/models/claude",
    "large family": "/models/gemini",
    "model": "/models/claude/sonnet-4-5-20250929",
    "model of images": "/models/flux-2/flex-text-to-image",
    "retired model": "/models/gemini/2.5-pro",
    "provider": "/providers/anthropic",
    "compare": "/compare/claude-opus-4-8-vs-claude-sonnet-4-5-20250929",
    "search": "/search?q=sonnet",
    "skill": "/skills/claude",
    "nothing there": "/models/claude/no-such-model",
}
