using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What people are writing.</summary>
internal static class ReplyMapping
{
    public static void Map(ModelBuilder model) =>
        model.Entity<ReplyDraftRow>(row =>
        {
            row.ToTable("reply_drafts")
                .HasKey(r => new
                {
                    r.PersonId,
                    r.TicketId,
                    r.Visibility,
                });
            row.HasIndex(r => r.At);
        });
}
