using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Scripts.</summary>
internal static class ScriptMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<CompiledScriptRow>(row =>
        {
            row.ToTable("compiled_scripts").HasKey(r => r.Hash);
            row.Property(r => r.Hash).HasMaxLength(64);
        });
        model.Entity<ScriptValueRow>(row =>
        {
            row.ToTable("script_values").HasKey(r => new { r.Script, r.Key });
            row.Property(r => r.Script).HasMaxLength(100);
            row.Property(r => r.Key).HasMaxLength(100);
        });
        model.Entity<ScriptRunRow>(row =>
        {
            row.ToTable("script_runs").HasKey(r => r.Id);
            row.Property(r => r.Script).HasMaxLength(100);
            row.Property(r => r.Use).HasMaxLength(30);
            row.Property(r => r.Outcome).HasMaxLength(30);
            row.HasIndex(r => new { r.Script, r.Id });
            row.HasIndex(r => r.At);
            row.HasIndex(r => new { r.Script, r.Position }).IsUnique().HasFilter("position IS NOT NULL");
        });
    }
}
