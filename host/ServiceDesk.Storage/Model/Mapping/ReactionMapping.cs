using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Readers of the log.</summary>
internal static class ReactionMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<CursorRow>(row =>
        {
            row.ToTable("cursors").HasKey(r => r.Name);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Owner).HasMaxLength(Lengths.Name);
        });
        model.Entity<ParkedEventRow>(row =>
        {
            row.ToTable("parked_events").HasKey(r => new { r.Reaction, r.Position });
            row.Property(r => r.Reaction).HasMaxLength(Lengths.Name);
            row.HasIndex(r => new
            {
                r.Reaction,
                r.State,
                r.NextAt,
            });
            row.HasIndex(r => new
            {
                r.Reaction,
                r.TicketId,
                r.Position,
            });
        });
    }
}
