using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Bulk edits and their tickets.</summary>
internal static class BulkMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<BulkRunRow>(row =>
        {
            row.ToTable("bulk_runs").HasKey(r => r.Id);
            row.Property(r => r.Owner).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.UndoOf).IsUnique();
            row.HasIndex(r => new { r.State, r.Id });
            row.HasIndex(r => new { r.PersonId, r.Id });
        });
        model.Entity<BulkRunTicketRow>(row =>
        {
            row.ToTable("bulk_run_tickets").HasKey(r => new { r.RunId, r.Place });
            row.HasOne<BulkRunRow>().WithMany().HasForeignKey(r => r.RunId);
            row.HasIndex(r => new { r.RunId, r.TicketId }).IsUnique();
            row.HasIndex(r => r.TicketId);
        });
    }
}
