using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What desks tell in the portal.</summary>
internal static class AnnouncementMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<AnnouncementRow>(row =>
        {
            row.ToTable("announcements").HasKey(r => r.Id);
            row.Property(r => r.Desk).HasMaxLength(60);
            row.HasIndex(r => r.FromAt);
        });
}
