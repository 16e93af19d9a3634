using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Who is invited to become a person here.</summary>
internal static class InvitationMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<InvitationRow>(row =>
        {
            row.ToTable("invitations").HasKey(r => r.Id);
            row.Property(r => r.Email).HasMaxLength(Lengths.Name);
            row.Property(r => r.OpenEmail).HasMaxLength(Lengths.Name);
            row.Property(r => r.TokenHash).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Role).HasMaxLength(Lengths.Id);
            row.Property(r => r.Desk).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.OpenEmail).IsUnique();
            row.HasIndex(r => r.TokenHash).IsUnique();
            row.HasIndex(r => r.ExpiresAt);
        });
}
