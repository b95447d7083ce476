"""The closed lists of words that rows, pages and the API share."""

from django.db.models import TextChoices


class Modality(TextChoices):
    """Kind of content a model reads or writes."""

    TEXT = "text", "Text"
    IMAGE = "image", "Image"
    VIDEO = "video", "Video"
    AUDIO = "audio", "Audio"
    FILE = "file", "File"


class Protocol(TextChoices):
    """Wire dialect that an endpoint speaks."""

    ANTHROPIC_MESSAGES = "anthropic-messages", "Anthropic Messages"
    OPENAI_CHAT = "openai-chat", "OpenAI Chat Completions"
    OPENAI_RESPONSES = "openai-responses", "OpenAI Responses"
    OPENAI_EMBEDDINGS = "openai-embeddings", "OpenAI Embeddings"
    GEMINI_GENERATE_CONTENT = "gemini-generate-content", "Gemini generateContent"
    TASK = "task", "Task (create, then poll)"
    TASK_SYNC = "task-sync", "Task answered at once"
    REALTIME = "realtime", "Realtime"


class TaskType(TextChoices):
    """Whether a call answers with the result or with a task to wait for."""

    SYNCHRONOUS = "synchronous", "Synchronous"
    ASYNCHRONOUS = "asynchronous", "Asynchronous"


class Lifecycle(TextChoices):
    """Stage in a model's life."""

    PREVIEW = "preview", "Preview"
    ACTIVE = "active", "Active"
    DEPRECATED = "deprecated", "Deprecated"
    RETIRED = "retired", "Retired"


class Severity(TextChoices):
    """Health of a service, from well to badly."""

    OPERATIONAL = "operational", "Operational"
    MAINTENANCE = "maintenance", "Maintenance"
    DEGRADED = "degraded", "Degraded"
    OUTAGE = "outage", "Outage"


class PriceKind(TextChoices):
    """Whose price: what this site charges, or what the model's own provider charges."""

    SELL = "sell", "Sell price"
    LIST = "list", "List price"


class PriceState(TextChoices):
    """Whether there is an amount; no row at all means "not published"."""

    KNOWN = "known", "Known"
    FREE = "free", "Free"
    DYNAMIC = "dynamic", "Dynamic"
    ON_REQUEST = "on_request", "On request"


class ChangeSetState(TextChoices):
    """Where a set of price edits stands; what is approved is scheduled until its instant, then applied."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    CANCELLED = "cancelled", "Cancelled"


class ChangeKind(TextChoices):
    """What sort of fact a change event changed."""

    PRICE = "price", "Price"
    LIFECYCLE = "lifecycle", "Lifecycle"
    STATUS = "status", "Status"
    CATALOG = "catalog", "Catalog"


ADDED = (" added", " added to the catalog")
"""What events say of a new model behind its ID: a catalog file or an import, and the admin."""


class Topic(TextChoices):
    """What a webhook's message tells of."""

    PRICE = "price.changed", "Price changed"
    IN_FORCE = "price.in_force", "Price in force"
    LIFECYCLE = "lifecycle.changed", "Lifecycle changed"
    STATUS = "status.changed", "Status changed"
    CATALOG = "catalog.changed", "Catalog changed"
    ADDED = "model.added", "Model added"
    TEST = "webhook.test", "Test"


class DeliveryState(TextChoices):
    """Where a webhook's message stands."""

    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    GIVEN_UP = "given_up", "Given up"


class Origin(TextChoices):
    """Through which door a row came in."""

    FILE = "file", "Catalog file"
    ADMIN = "admin", "Admin"


CAPABILITIES: dict[str, str] = {
    "streaming": "Streaming",
    "tool_call": "Tool use",
    "parallel_tool_calls": "Parallel tool calls",
    "tool_choice": "Tool choice",
    "structured_output": "Structured output",
    "reasoning": "Extended thinking",
    "temperature": "Temperature",
    "attachment": "File attachments",
    "vision": "Image input",
    "pdf_input": "PDF input",
    "audio_input": "Audio input",
    "audio_output": "Audio output",
    "video_input": "Video input",
    "prompt_caching": "Prompt caching",
    "prompt_cache_breakpoint": "Prompt cache breakpoints",
    "system_messages": "System messages",
    "web_search": "Web search",
    "url_context": "URL context",
    "computer_use": "Computer use",
    "tool_search": "Tool search",
    "none_reasoning_effort": "Reasoning effort: none",
    "xhigh_reasoning_effort": "Reasoning effort: xhigh",
    "max_reasoning_effort": "Reasoning effort: max",
}
"""Capability word -> what people read. A capability absent from a record is not stated, which is not "no"."""
