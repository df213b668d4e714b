"""The addresses of the service, one module for each thing one can ask about."""
