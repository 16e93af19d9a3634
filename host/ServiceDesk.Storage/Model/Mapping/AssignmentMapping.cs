using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Tickets that were given to people by themselves.</summary>
internal static class AssignmentMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<AssignmentRow>(row =>
        {
            row.ToTable("assignments").HasKey(r => new { r.TicketId, r.Position });
            row.HasIndex(r => new { r.IsDone, r.PersonId });
            row.HasIndex(r => r.RetryAt);
            row.HasIndex(r => r.At);
        });
        model.Entity<AssignmentTurnRow>(row =>
        {
            row.ToTable("assignment_turns").HasKey(r => r.Policy);
            row.Property(r => r.Policy).HasMaxLength(Lengths.Id);
        });
    }
}
