using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Uploaded files.</summary>
internal static class FileMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<FileRow>(row =>
        {
            row.ToTable("files").HasKey(r => r.Id);
            row.Property(r => r.Sha256).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.ContentType).HasMaxLength(Lengths.Name);
            row.HasIndex(r => r.Sha256);
        });
        model.Entity<FileChunkRow>(row =>
        {
            row.ToTable("file_chunks").HasKey(r => new { r.Sha256, r.Ordinal });
            row.Property(r => r.Sha256).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Ordinal).ValueGeneratedNever();
        });
    }
}
