"""Tells clients how their exports ended, following Standard Webhooks, at addresses of their own."""
