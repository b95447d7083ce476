"""What is true: models, prices, arithmetic, files in and out."""
