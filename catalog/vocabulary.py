"""Closed lists of words that rows, pages and the API share."""

from django.db.models import TextChoices

from catalog.text.language import mark, say


# The API and the tools of agents serve the docstrings of lists that they use.
class Words(TextChoices):
    """A closed list of words with labels."""

    @property
    def label(self) -> str:
        """Return the label in the site's language."""
        return say(str(self._label_))

    @classmethod
    def marked(cls) -> dict[str, str]:
        """Return words and untranslated labels."""
        return {str(word.value): str(word._label_) for word in cls}

    @property
    def english(self) -> str:
        """Return the untranslated label."""
        return str(self._label_)


class Modality(Words):
    """Kind of content a model reads or writes."""

    TEXT = "text", mark("Text")
    IMAGE = "image", mark("Image")
    VIDEO = "video", mark("Video")
    AUDIO = "audio", mark("Audio")
    FILE = "file", mark("File")


class Protocol(Words):
    """Wire dialect of an endpoint."""

    ANTHROPIC_MESSAGES = "anthropic-messages", mark("Anthropic Messages")
    OPENAI_CHAT = "openai-chat", mark("OpenAI Chat Completions")
    OPENAI_RESPONSES = "openai-responses", mark("OpenAI Responses")
    OPENAI_EMBEDDINGS = "openai-embeddings", mark("OpenAI Embeddings")
    GEMINI_GENERATE_CONTENT = "gemini-generate-content", mark("Gemini generateContent")
    TASK = "task", mark("Task (create, then poll)")
    TASK_SYNC = "task-sync", mark("Task answered at once")
    REALTIME = "realtime", mark("Realtime")


def protocol_choices() -> list[tuple[str, str]]:
    """List protocols for model fields."""
    # Django's migrations hold the name of a function, not its choices: a new protocol needs none.
    return list(Protocol.choices)


class TaskType(Words):
    """Whether a call returns a result or a task."""

    SYNCHRONOUS = "synchronous", mark("Synchronous")
    ASYNCHRONOUS = "asynchronous", mark("Asynchronous")


class Lifecycle(Words):
    """Stage in a model's life."""

    PREVIEW = "preview", mark("Preview")
    ACTIVE = "active", mark("Active")
    DEPRECATED = "deprecated", mark("Deprecated")
    RETIRED = "retired", mark("Retired")


class Severity(Words):
    """Health of a service."""

    OPERATIONAL = "operational", mark("Operational")
    MAINTENANCE = "maintenance", mark("Maintenance")
    DEGRADED = "degraded", mark("Degraded")
    OUTAGE = "outage", mark("Outage")


class PriceKind(Words):
    """Whose price: what this site charges, or what the model's own provider charges."""

    SELL = "sell", mark("Sell price")
    LIST = "list", mark("List price")


class PriceState(Words):
    """Whether there is an amount."""

    # No row at all means "not published", which is no state.
    KNOWN = "known", mark("Known")
    FREE = "free", mark("Free")
    DYNAMIC = "dynamic", mark("Dynamic")
    ON_REQUEST = "on_request", mark("On request")


class ChangeSetState(Words):
    """State of a change set."""

    DRAFT = "draft", mark("Draft")
    # Scheduled until its instant, applied after it: `ChangeSet.stage` tells which.
    APPROVED = "approved", mark("Approved")
    CANCELLED = "cancelled", mark("Cancelled")


class ChangeKind(Words):
    """What sort of fact a change event changed."""

    PRICE = "price", mark("Price")
    LIFECYCLE = "lifecycle", mark("Lifecycle")
    STATUS = "status", mark("Status")
    CATALOG = "catalog", mark("Catalog")
    ADDED = "added", mark("Added")
    CORRECTION = "correction", mark("Correction")

    @property
    def group(self) -> "ChangeKind":
        """The kind that subscribers select."""
        # Who asks for the catalog's changes also gets what was added, and corrections with the prices.
        groups = {ChangeKind.ADDED: ChangeKind.CATALOG, ChangeKind.CORRECTION: ChangeKind.PRICE}
        return groups.get(self, self)


PROMISE_KIND = "promise"
"""The exact kind of changed promises: nobody filters by it, so it is no ChangeKind."""


class PromiseName(Words):
    """What an operator may promise of calls, keys and billing."""

    FAILED_CALLS_ARE_FREE = "failed_calls_are_free", mark("Failed calls are free")
    CALLS_USE_CREDIT = "calls_use_credit", mark("Calls use credit that is paid in advance")
    NO_SUBSCRIPTION = "no_subscription", mark("No subscription is needed")
    ONE_KEY_FOR_ALL_MODELS = "one_key_for_all_models", mark("One key works for all models")
    NO_PROVIDER_ACCOUNT = "no_provider_account", mark("No account with a provider is needed")
    KEYS_OF_ALL_SDKS = "keys_of_all_sdks", mark("The key headers of all SDKs are accepted")
    KEY_PAGE = "key_page", mark("Page where keys are made")
    KEY_CHECK = "key_check", mark("Address that answers whether a key works")
    LIMITS_ARE_PER_KEY = "limits_are_per_key", mark("Rate limits hold per key")
    RETRY_AFTER = "retry_after", mark("429 is answered with Retry-After")
    IDEMPOTENCY_KEY = "idempotency_key", mark("Idempotency-Key makes repeating safe")
    RESULTS_KEPT_DAYS = "results_kept_days", mark("Days for which results are kept")
    PRICE_SCHEDULES = "price_schedules", mark("Address of the prices that hold now")


class Topic(Words):
    """Type of a webhook message."""

    PRICE = "price.changed", mark("Price changed")
    IN_FORCE = "price.in_force", mark("Price in force")
    LIFECYCLE = "lifecycle.changed", mark("Lifecycle changed")
    STATUS = "status.changed", mark("Status changed")
    CATALOG = "catalog.changed", mark("Catalog changed")
    ADDED = "model.added", mark("Model added")
    TEST = "webhook.test", mark("Test")


class DeliveryState(Words):
    """State of a webhook delivery."""

    WAITING = "waiting", mark("Waiting")
    DELIVERED = "delivered", mark("Delivered")
    GIVEN_UP = "given_up", mark("Given up")


class Origin(Words):
    """How a row came in."""

    FILE = "file", mark("Catalog file")
    ADMIN = "admin", mark("Admin")


# A capability that a record neither has nor lacks is not stated.
CAPABILITIES: dict[str, str] = {
    "streaming": mark("Streaming"),
    "tool_call": mark("Tool use"),
    "parallel_tool_calls": mark("Parallel tool calls"),
    "tool_choice": mark("Tool choice"),
    "structured_output": mark("Structured output"),
    "reasoning": mark("Extended thinking"),
    "thinking_budget": mark("Thinking budget"),
    "adaptive_thinking": mark("Adaptive thinking"),
    "temperature": mark("Temperature"),
    "attachment": mark("File attachments"),
    "vision": mark("Image input"),
    "pdf_input": mark("PDF input"),
    "audio_input": mark("Audio input"),
    "audio_output": mark("Audio output"),
    "video_input": mark("Video input"),
    "prompt_caching": mark("Prompt caching"),
    "prompt_cache_breakpoint": mark("Prompt cache breakpoints"),
    "system_messages": mark("System messages"),
    "web_search": mark("Web search"),
    "url_context": mark("URL context"),
    "computer_use": mark("Computer use"),
    "tool_search": mark("Tool search"),
    "none_reasoning_effort": mark("Reasoning effort: none"),
    "xhigh_reasoning_effort": mark("Reasoning effort: xhigh"),
    "max_reasoning_effort": mark("Reasoning effort: max"),
}

LINK_KINDS: dict[str, str] = {
    "announcement": mark("Announcement"),
    "model_card": mark("Model card"),
    "documentation": mark("Documentation"),
    "pricing": mark("Pricing"),
    "weights": mark("Weights"),
    "rate_limits": mark("Rate limits"),
    "data_handling": mark("Data handling"),
}
"""What a link of a model leads to."""
