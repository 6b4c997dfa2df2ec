"""A seat in a time slot."""

from django.db import models

from conferences.models.membership import Membership
from conferences.models.time_slot import ConferenceTimeSlot


class Booking(models.Model):
    slot = models.ForeignKey(ConferenceTimeSlot, on_delete=models.CASCADE, related_name="bookings")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="bookings")
    booked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["booked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["slot", "member"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.member} · {self.slot}"
