using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What people are writing, and what they sent and can still take back.</summary>
internal static class ReplyMapping
{
    public static void Map(ModelBuilder model)
    {
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
        model.Entity<HeldReplyRow>(row =>
        {
            row.ToTable("held_replies").HasKey(r => r.Token);
            row.Property(r => r.Token).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.DueAt);
            row.HasIndex(r => r.PersonId);
        });
    }
}
