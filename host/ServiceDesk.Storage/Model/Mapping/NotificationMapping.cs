using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What people are told.</summary>
internal static class NotificationMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<HeldNotificationRow>(row =>
        {
            row.ToTable("held_notifications").HasKey(r => r.Id);
            row.Property(r => r.Key).HasMaxLength(Lengths.Name);
            row.HasIndex(r => new { r.PersonId, r.Key }).IsUnique();
            row.HasIndex(r => r.DueAt);
        });
        model.Entity<NotificationRow>(row =>
        {
            row.ToTable("notifications").HasKey(r => r.Id);
            row.Property(r => r.Key).HasMaxLength(Lengths.Name);
            row.HasIndex(r => new { r.PersonId, r.Key }).IsUnique();
            row.HasIndex(r => new
            {
                r.PersonId,
                r.IsRead,
                r.Id,
            });
            row.HasIndex(r => r.At);
        });
    }
}
