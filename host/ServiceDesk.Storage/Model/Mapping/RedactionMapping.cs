using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What was taken out of tickets for good.</summary>
internal static class RedactionMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<RedactionRow>(row =>
        {
            row.ToTable("redactions")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Version,
                    r.Source,
                });
            row.Property(r => r.Content).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Sha256).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Reason).HasMaxLength(Lengths.Name);
            row.HasIndex(r => r.FileId);
        });
}
