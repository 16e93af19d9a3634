using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Crm.Tables;

/// <summary>The tables of accounts, contacts, products and contracts.</summary>
public sealed class CrmTables(DbContextOptions<CrmTables> options) : PluginDbContext(options, CrmPlugin.Id)
{
    /// <summary>Accounts.</summary>
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    /// <summary>Contacts.</summary>
    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    /// <summary>What contacts are at accounts.</summary>
    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    /// <summary>Products.</summary>
    public DbSet<ProductRow> Products => Set<ProductRow>();

    /// <summary>Contracts.</summary>
    public DbSet<ContractRow> Contracts => Set<ContractRow>();

    /// <summary>What contracts promise.</summary>
    public DbSet<EntitlementRow> Entitlements => Set<EntitlementRow>();

    /// <summary>The ledgers of budgets.</summary>
    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    /// <summary>What tickets are about to book to budgets that refuse.</summary>
    public DbSet<ClaimRow> Claims => Set<ClaimRow>();

    /// <summary>Files of contracts.</summary>
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    /// <summary>Pieces of files.</summary>
    public DbSet<PieceRow> Pieces => Set<PieceRow>();

    /// <summary>Tables that wait to be imported.</summary>
    public DbSet<UploadRow> Uploads => Set<UploadRow>();

    /// <summary>What was done.</summary>
    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    /// <summary>Requests that were carried out.</summary>
    public DbSet<ActRow> Acts => Set<ActRow>();

    /// <inheritdoc/>
    protected override void Describe(ModelBuilder model)
    {
        Records(model);
        Contract(model);
        Files(model);
        model.Entity<ChangeRow>(row =>
        {
            row.ToTable("changes");
            row.Property(one => one.Kind).HasMaxLength(20);
            row.Property(one => one.What).HasMaxLength(60);
            row.Property(one => one.Detail).HasMaxLength(500);
            row.HasIndex(one => new { one.Kind, one.RecordId });
        });
        model.Entity<ActRow>(row =>
        {
            row.ToTable("acts");
            row.HasKey(one => one.Key);
            row.Property(one => one.Key).HasMaxLength(120);
            row.Property(one => one.Fingerprint).HasMaxLength(64);
            row.HasIndex(one => one.At);
        });
    }

    private static void Records(ModelBuilder model)
    {
        model.Entity<AccountRow>(row =>
        {
            row.ToTable("accounts");
            row.Property(one => one.Key).HasMaxLength(60);
            row.Property(one => one.Name).HasMaxLength(200);
            row.Property(one => one.Search).HasMaxLength(400);
            row.Property(one => one.ExternalId).HasMaxLength(100);
            row.Property(one => one.Website).HasMaxLength(300);
            row.Property(one => one.Phone).HasMaxLength(60);
            row.HasIndex(one => one.Key).IsUnique();
            row.HasIndex(one => one.ExternalId).IsUnique();
            row.HasIndex(one => one.ParentId);
            row.HasIndex(one => one.OrganizationId);
            row.HasIndex(one => one.ScopeId);
        });
        model.Entity<ContactRow>(row =>
        {
            row.ToTable("contacts");
            row.Property(one => one.Name).HasMaxLength(200);
            row.Property(one => one.Search).HasMaxLength(600);
            row.Property(one => one.Email).HasMaxLength(254);
            row.Property(one => one.Phone).HasMaxLength(60);
            row.Property(one => one.ExternalId).HasMaxLength(100);
            row.HasIndex(one => one.PersonId).IsUnique();
            row.HasIndex(one => one.ExternalId).IsUnique();
        });
        model.Entity<MembershipRow>(row =>
        {
            row.ToTable("memberships");
            row.HasKey(one => new { one.ContactId, one.AccountId });
            row.Property(one => one.Title).HasMaxLength(100);
            row.HasIndex(one => one.AccountId);
        });
        model.Entity<ProductRow>(row =>
        {
            row.ToTable("products");
            row.Property(one => one.Key).HasMaxLength(60);
            row.Property(one => one.Name).HasMaxLength(200);
            row.Property(one => one.Search).HasMaxLength(400);
            row.Property(one => one.ExternalId).HasMaxLength(100);
            row.HasIndex(one => one.Key).IsUnique();
            row.HasIndex(one => one.ExternalId).IsUnique();
        });
    }

    private static void Contract(ModelBuilder model)
    {
        model.Entity<ContractRow>(row =>
        {
            row.ToTable("contracts");
            row.Property(one => one.Number).HasMaxLength(60);
            row.Property(one => one.Name).HasMaxLength(200);
            row.Property(one => one.Search).HasMaxLength(400);
            row.Property(one => one.StartsOn).HasMaxLength(10);
            row.Property(one => one.EndsOn).HasMaxLength(10);
            row.Property(one => one.RemindedFor).HasMaxLength(10);
            row.Property(one => one.Amount).HasPrecision(19, 4);
            row.Property(one => one.PenaltyRate).HasPrecision(9, 4);
            row.Property(one => one.Currency).HasMaxLength(3);
            row.Property(one => one.ExternalId).HasMaxLength(100);
            row.HasIndex(one => one.Number).IsUnique();
            row.HasIndex(one => one.ExternalId).IsUnique();
            row.HasIndex(one => one.AccountId);
            row.HasIndex(one => one.RemindAt);
            row.HasIndex(one => one.ExpireAt);
        });
        model.Entity<EntitlementRow>(row =>
        {
            row.ToTable("entitlements");
            row.Property(one => one.Plan).HasMaxLength(60);
            row.Property(one => one.Policy).HasMaxLength(60);
            row.Property(one => one.Desks).HasMaxLength(1000);
            row.Property(one => one.Products).HasMaxLength(2000);
            row.HasIndex(one => one.ContractId);
        });
        model.Entity<LedgerRow>(row =>
        {
            row.ToTable("ledger");
            row.Property(one => one.Note).HasMaxLength(500);
            row.Property(one => one.TicketKey).HasMaxLength(24);
            row.HasIndex(one => one.ContractId);
            row.HasIndex(one => new { one.TicketId, one.TicketVersion }).IsUnique();
        });
        model.Entity<ClaimRow>(row =>
        {
            row.ToTable("claims");
            row.HasKey(one => new { one.ContractId, one.TicketId });
            row.Property(one => one.ContractId).ValueGeneratedNever();
            row.Property(one => one.TicketId).ValueGeneratedNever();
        });
    }

    private static void Files(ModelBuilder model)
    {
        model.Entity<DocumentRow>(row =>
        {
            row.ToTable("documents");
            row.Property(one => one.Name).HasMaxLength(255);
            row.Property(one => one.Sha256).HasMaxLength(64);
            row.HasIndex(one => one.ContractId);
        });
        model.Entity<PieceRow>(row =>
        {
            row.ToTable("pieces");
            row.HasKey(one => new { one.Owner, one.Ordinal });
            row.Property(one => one.Owner).HasMaxLength(40);
        });
        model.Entity<UploadRow>(row =>
        {
            row.ToTable("uploads");
            row.Property(one => one.Kind).HasMaxLength(20);
            row.Property(one => one.Name).HasMaxLength(255);
            row.HasIndex(one => one.At);
        });
    }
}
