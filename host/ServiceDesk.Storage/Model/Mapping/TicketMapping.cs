using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Tickets and their parts. Indexes serve the lists: per desk by update, by due instant and by person.</summary>
internal static class TicketMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<TicketRow>(Ticket);
        model.Entity<TicketSnapshotRow>(row =>
        {
            row.ToTable("ticket_snapshots").HasKey(r => r.TicketId);
            row.Property(r => r.TicketId).ValueGeneratedNever();
        });
        model.Entity<TicketFieldRow>(row =>
        {
            row.ToTable("ticket_fields")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Field,
                    r.Ordinal,
                });
            row.Property(r => r.Field).HasMaxLength(Lengths.Id);
            row.Property(r => r.Text).HasMaxLength(Lengths.FieldText);
            row.HasIndex(r => new { r.Field, r.Text });
            row.HasIndex(r => new { r.Field, r.Number });
        });
        model.Entity<TicketPersonRow>(row =>
        {
            row.ToTable("ticket_people")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.PersonId,
                    r.Relation,
                });
            row.HasIndex(r => new { r.PersonId, r.Relation });
        });
        model.Entity<TicketOrganizationRow>(row =>
        {
            row.ToTable("ticket_organizations").HasKey(r => new { r.TicketId, r.OrganizationId });
            row.HasIndex(r => r.OrganizationId);
        });
        model.Entity<TicketLabelRow>(row =>
        {
            row.ToTable("ticket_labels").HasKey(r => new { r.TicketId, r.Label });
            row.Property(r => r.Label).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.Label);
        });
        model.Entity<TicketClockRow>(row =>
        {
            row.ToTable("ticket_clocks")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Metric,
                    r.Cycle,
                });
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.Property(r => r.Calendar).HasMaxLength(60);
            row.HasIndex(r => new
            {
                r.Metric,
                r.Status,
                r.DueAt,
            });
        });
        Parts(model);
    }

    private static void Ticket(EntityTypeBuilder<TicketRow> row)
    {
        row.ToTable("tickets").HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Key).HasMaxLength(Lengths.Key);
        row.Property(r => r.Desk).HasMaxLength(Lengths.Desk);
        row.Property(r => r.Type).HasMaxLength(Lengths.Id);
        row.Property(r => r.RequestType).HasMaxLength(Lengths.Id);
        row.Property(r => r.Summary).HasMaxLength(Lengths.FieldText);
        row.Property(r => r.Status).HasMaxLength(Lengths.Id);
        row.Property(r => r.Resolution).HasMaxLength(Lengths.Id);
        row.Property(r => r.ExternalId).HasMaxLength(Lengths.Name);
        row.Property(r => r.ExternalIdFolded).HasMaxLength(Lengths.Name);
        row.HasIndex(r => r.Key).IsUnique();
        row.HasIndex(r => new { r.Desk, r.ExternalId }).IsUnique();
        row.HasIndex(r => r.ExternalIdFolded);
        row.HasIndex(r => new { r.Desk, r.UpdatedAt });
        row.HasIndex(r => new { r.Desk, r.CreatedAt });
        row.HasIndex(r => new { r.Desk, r.NextDueAt });
        row.HasIndex(r => new { r.Desk, r.Status });
        row.HasIndex(r => new { r.Desk, r.ResolvedAt });

        // Answers the filters and orders of queues without reading rows.
        row.HasIndex(r => new
        {
            r.Desk,
            r.Category,
            r.Priority,
            r.AssigneeId,
            r.TeamId,
            r.Type,
            r.Status,
            r.NextDueAt,
            r.CreatedAt,
        });
        row.HasIndex(r => r.RequesterId);
        row.HasIndex(r => r.OrganizationId);
        row.HasIndex(r => new { r.AssigneeId, r.Category });
        row.HasIndex(r => new { r.TeamId, r.Category });
        row.HasIndex(r => r.CreatedAt);
        row.HasIndex(r => r.UpdatedAt);
        row.HasOne(r => r.Snapshot).WithOne().HasForeignKey<TicketSnapshotRow>(r => r.TicketId);
        row.HasMany(r => r.Fields).WithOne().HasForeignKey(r => r.TicketId);
        row.HasMany(r => r.People).WithOne().HasForeignKey(r => r.TicketId);
        row.HasMany(r => r.Organizations).WithOne().HasForeignKey(r => r.TicketId);
        row.HasMany(r => r.Labels).WithOne().HasForeignKey(r => r.TicketId);
        row.HasMany(r => r.Clocks).WithOne().HasForeignKey(r => r.TicketId);
    }

    private static void Parts(ModelBuilder model)
    {
        model.Entity<TicketChangeRow>(row =>
        {
            row.ToTable("ticket_changes")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Version,
                    r.Field,
                });
            row.Property(r => r.OldValue).HasMaxLength(Lengths.Id);
            row.Property(r => r.NewValue).HasMaxLength(Lengths.Id);
            // By time alone: beside one by field and time, SQLite would look for the changes of one ticket among those of all.
            row.HasIndex(r => r.At);
            row.HasIndex(r => new { r.PersonId, r.At });
            row.HasIndex(r => new
            {
                r.Field,
                r.OldValue,
                r.At,
            });
            row.HasIndex(r => new
            {
                r.Field,
                r.NewValue,
                r.At,
            });
        });
        model.Entity<TicketKeyRow>(row =>
        {
            row.ToTable("ticket_keys").HasKey(r => new { r.Desk, r.Number });
            row.Property(r => r.Desk).HasMaxLength(Lengths.Desk);
            row.Property(r => r.Number).ValueGeneratedNever();
            row.HasIndex(r => r.TicketId);
        });
        model.Entity<TicketTextRow>(row =>
        {
            row.ToTable("ticket_texts").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasIndex(r => new
                {
                    r.TicketId,
                    r.Part,
                    r.Source,
                })
                .IsUnique();
        });
        model.Entity<CommentRow>(row =>
        {
            row.ToTable("comments").HasKey(r => new { r.TicketId, r.Version });
            row.Property(r => r.AuthorName).HasMaxLength(Lengths.Name);
        });
        model.Entity<AttachmentRow>(row =>
        {
            row.ToTable("attachments")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Version,
                    r.Ordinal,
                });
            row.Property(r => r.Name).HasMaxLength(Lengths.Name);
            row.Property(r => r.ContentType).HasMaxLength(Lengths.Name);
            row.Property(r => r.Sha256).HasMaxLength(Lengths.Hash);
            row.HasIndex(r => r.FileId);
        });
    }
}
