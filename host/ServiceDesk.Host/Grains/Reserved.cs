using ServiceDesk.Core.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>The identity and key that a command may need: reserved at most once, and given back unless it was used.</summary>
public sealed class Reserved(ITicketStore store) : IDisposable
{
    private TicketReservation? reservation;

    /// <summary>Whether it stands in the database, or may stand there.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The reservation on a desk; null for no desk.</summary>
    public async ValueTask<TicketReservation?> OnAsync(string? desk, CancellationToken cancellation)
    {
        if (desk != reservation?.Key.Desk)
        {
            GiveBack();
            reservation = desk is null ? null : await store.ReserveAsync(desk, cancellation);
        }

        return reservation;
    }

    public void Dispose()
    {
        GiveBack();
    }

    private void GiveBack()
    {
        if (reservation is { } unused && !IsUsed)
        {
            store.Release(unused);
        }

        reservation = null;
    }
}
