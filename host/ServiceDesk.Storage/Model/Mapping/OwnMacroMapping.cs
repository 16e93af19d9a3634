using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Macros of people.</summary>
internal static class OwnMacroMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<OwnMacroRow>(row =>
        {
            row.ToTable("own_macros").HasKey(r => r.Id);
            row.HasIndex(r => r.PersonId);
        });
}
