using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>People with what Identity keeps for them, organizations, teams and tokens.</summary>
internal static class PeopleMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<PersonRow>(Person);
        Identity(model);
        model.Entity<OrganizationRow>(row =>
        {
            row.ToTable("organizations").HasKey(r => r.Id);
            row.Property(r => r.Key).HasMaxLength(Lengths.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Region).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.Key).IsUnique();
        });
        model.Entity<MembershipRow>(row =>
        {
            row.ToTable("memberships").HasKey(r => new { r.PersonId, r.OrganizationId });
            row.HasOne<OrganizationRow>().WithMany().HasForeignKey(r => r.OrganizationId);
            row.HasIndex(r => r.OrganizationId);
        });
        model.Entity<TeamRow>(row =>
        {
            row.ToTable("teams").HasKey(r => r.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Calendar).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.Name).IsUnique();
            row.HasMany(r => r.Members).WithOne().HasForeignKey(r => r.TeamId);
        });
        model.Entity<TeamMemberRow>(row =>
        {
            row.ToTable("team_members").HasKey(r => new { r.TeamId, r.PersonId });
            row.HasIndex(r => r.PersonId);
        });
        model.Entity<AbsenceRow>(row =>
        {
            row.ToTable("absences").HasKey(r => r.Id);
            row.Property(r => r.FirstDay).HasMaxLength(Lengths.Day);
            row.Property(r => r.LastDay).HasMaxLength(Lengths.Day);
            row.HasIndex(r => r.LastDay);
            row.HasIndex(r => r.PersonId);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(r => r.PersonId);
        });
        model.Entity<TokenRow>(row =>
        {
            row.ToTable("tokens").HasKey(r => r.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.Hash).HasMaxLength(Lengths.Hash);
            row.HasIndex(r => r.Hash).IsUnique();
            row.HasIndex(r => r.PersonId);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(r => r.PersonId);
        });
    }

    private static void Person(EntityTypeBuilder<PersonRow> row)
    {
        row.ToTable("people").HasKey(r => r.Id);
        row.Property(r => r.UserName).HasMaxLength(Lengths.Name);
        row.Property(r => r.NormalizedUserName).HasMaxLength(Lengths.Name);
        row.Property(r => r.Email).HasMaxLength(Lengths.Name);
        row.Property(r => r.NormalizedEmail).HasMaxLength(Lengths.Name);
        row.Property(r => r.ConcurrencyStamp).IsConcurrencyToken();
        row.Property(r => r.Name).HasMaxLength(Lengths.Name);
        row.Property(r => r.Role).HasMaxLength(Lengths.Id);
        row.Property(r => r.Language).HasMaxLength(Lengths.Id);
        row.Property(r => r.Zone).HasMaxLength(Lengths.Id);
        row.Property(r => r.Theme).HasMaxLength(Lengths.Id);
        row.Property(r => r.Calendar).HasMaxLength(Lengths.Id);
        row.Property(r => r.ExternalId).HasMaxLength(Lengths.Name);
        row.HasIndex(r => r.NormalizedUserName).IsUnique();
        row.HasIndex(r => r.NormalizedEmail).IsUnique();
        row.HasIndex(r => r.ExternalId).IsUnique();
        row.HasIndex(r => new { r.Name, r.Id });
        row.HasMany(r => r.Memberships).WithOne().HasForeignKey(r => r.PersonId);
        row.HasMany(r => r.Teams).WithOne().HasForeignKey(r => r.PersonId);
    }

    private static void Identity(ModelBuilder model)
    {
        model.Entity<IdentityUserClaim<long>>(row =>
        {
            row.ToTable("person_claims").HasKey(r => r.Id);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(r => r.UserId);
        });
        model.Entity<IdentityUserLogin<long>>(row =>
        {
            row.ToTable("person_logins").HasKey(r => new { r.LoginProvider, r.ProviderKey });
            row.Property(r => r.LoginProvider).HasMaxLength(Lengths.Id);
            row.Property(r => r.ProviderKey).HasMaxLength(Lengths.Name);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(r => r.UserId);
        });
        model.Entity<IdentityUserToken<long>>(row =>
        {
            row.ToTable("person_tokens")
                .HasKey(r => new
                {
                    r.UserId,
                    r.LoginProvider,
                    r.Name,
                });
            row.Property(r => r.LoginProvider).HasMaxLength(Lengths.Id);
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.HasOne<PersonRow>().WithMany().HasForeignKey(r => r.UserId);
        });
    }
}
