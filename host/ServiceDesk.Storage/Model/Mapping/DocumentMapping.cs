using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Configuration, settings and what caches watch.</summary>
internal static class DocumentMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<ConfigurationHeadRow>(row =>
        {
            row.ToTable("configuration_head").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<RevisionRow>(row =>
        {
            row.ToTable("revisions").HasKey(r => r.Revision);
            row.Property(r => r.Revision).ValueGeneratedNever();
            row.Property(r => r.Source).HasMaxLength(Lengths.Name);
        });
        model.Entity<DocumentRow>(row =>
        {
            row.ToTable("documents").HasKey(r => new { r.Kind, r.Id });
            row.Property(r => r.Kind).HasMaxLength(Lengths.Id);
            row.Property(r => r.Id).HasMaxLength(Lengths.Id);
        });
        model.Entity<DocumentVersionRow>(row =>
        {
            row.ToTable("document_versions")
                .HasKey(r => new
                {
                    r.Kind,
                    r.Id,
                    r.Version,
                });
            row.Property(r => r.Kind).HasMaxLength(Lengths.Id);
            row.Property(r => r.Id).HasMaxLength(Lengths.Id);
            row.Property(r => r.Version).ValueGeneratedNever();
            row.HasIndex(r => r.Revision);
        });
        model.Entity<SettingRow>(row =>
        {
            row.ToTable("settings").HasKey(r => new { r.Owner, r.Name });
            row.Property(r => r.Owner).HasMaxLength(Lengths.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Id);
        });
        model.Entity<StampRow>(row =>
        {
            row.ToTable("stamps").HasKey(r => r.Name);
            row.Property(r => r.Name).HasMaxLength(Lengths.Id);
        });
        model.Entity<DataProtectionKeyRow>(row =>
        {
            row.ToTable("data_protection_keys").HasKey(r => r.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
        });
    }
}
