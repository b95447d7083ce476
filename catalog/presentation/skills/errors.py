"""The API's errors and what to do."""

# Word for word as on PAGE, but for its link to how keys are made.
STATUSES = (
    (
        "400, 422",
        "The request is not valid.",
        "Correct it. The message names what is wrong. Do not repeat it as it is.",
    ),
    ("401", "The key is missing or wrong.", "Set the key."),
    ("402", "Not enough credit.", "Add credit, then repeat."),
    (
        "409",
        "The `Idempotency-Key` was used before with another body.",
        "Use a new key for a new request.",
    ),
    ("429", "Too many requests.", "Wait as long as `Retry-After` says, then repeat."),
    ("503", "The service is not available for the moment.", "Wait, then repeat."),
)
PAGE = "/docs/errors"
