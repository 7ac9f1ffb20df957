"""A course with one lesson whose quiz and cards a test writes itself."""

CARDS = """---
title: Four cards
---

## Front of one? {#one}

Stem of one.

> **Back:** back-one
>
> - and more

## Front of two? {#two}

> Back: back-two

## Front of three? {#three}

> Back: back-three

## Front of four? {#four}

> Back: back-four
"""
