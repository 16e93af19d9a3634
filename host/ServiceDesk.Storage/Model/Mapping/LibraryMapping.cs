using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Files that desks keep ready.</summary>
internal static class LibraryMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<LibraryFileRow>(row =>
        {
            row.ToTable("library_files").HasKey(r => r.Id);
            row.Property(r => r.Desk).HasMaxLength(60);
            row.Property(r => r.Name).HasMaxLength(200);
            row.Property(r => r.Folded).HasMaxLength(400);
            row.HasIndex(r => new { r.Desk, r.Folded }).IsUnique();
            row.HasIndex(r => r.FileId);
        });
}
