using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Queues of people and teams.</summary>
internal static class OwnQueueMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<OwnQueueRow>(row =>
        {
            row.ToTable("own_queues").HasKey(r => r.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Grouping).HasMaxLength(Lengths.Id);
            row.Property(r => r.Version).IsConcurrencyToken();
            row.HasIndex(r => r.PersonId);
            row.HasIndex(r => r.TeamId);
        });
}
