"""Ranked passages in; quotes out, or a refusal.

answerability -> speaker_filter -> cut -> copies -> both_sides
"""
