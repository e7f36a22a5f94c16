# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself: names, number, day, title, marks above its content; recipients and signature below."""
