# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself: names, number, day, title and marks above; recipients and signature below."""
