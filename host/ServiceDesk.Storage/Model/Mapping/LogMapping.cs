using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>The log and what each commit keeps beside it.</summary>
internal static class LogMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<LogHeadRow>(row =>
        {
            row.ToTable("log_head").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(r => r.Position);
            row.Property(r => r.Position).ValueGeneratedNever();
            row.Property(r => r.Name).HasMaxLength(Lengths.EventName);
            row.Property(r => r.ActorName).HasMaxLength(Lengths.Name);
            row.HasIndex(r => new { r.TicketId, r.Version }).IsUnique();
        });
        model.Entity<SlaFactRow>(row =>
        {
            row.ToTable("sla_facts")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Metric,
                    r.Cycle,
                    r.Threshold,
                });
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.Property(r => r.Threshold).HasMaxLength(Lengths.Id);
        });
        model.Entity<TimerRow>(row =>
        {
            row.ToTable("timers").HasKey(r => new { r.TicketId, r.Key });
            row.Property(r => r.Key).HasMaxLength(Lengths.TimerKey);
            row.Property(r => r.Owner).HasMaxLength(Lengths.Name);
            row.HasIndex(r => r.DueAt);
        });
        model.Entity<HistoryHoldRow>(row =>
        {
            row.ToTable("history_holds").HasKey(r => r.Holder);
            row.Property(r => r.Holder).HasMaxLength(Lengths.Name);
        });
        model.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency_keys").HasKey(r => r.Key);
            row.Property(r => r.Key).HasMaxLength(Lengths.Name);
            row.Property(r => r.Fingerprint).HasMaxLength(Lengths.Hash);
            row.HasIndex(r => r.At);
        });
        model.Entity<ApiAnswerRow>(row =>
        {
            row.ToTable("api_answers").HasKey(r => new { r.PersonId, r.Key });
            row.Property(r => r.Key).HasMaxLength(Lengths.Hash);
            row.Property(r => r.Fingerprint).HasMaxLength(Lengths.Hash);
            row.Property(r => r.ContentType).HasMaxLength(Lengths.Header);
            row.Property(r => r.Location).HasMaxLength(Lengths.Header);
            row.Property(r => r.Tag).HasMaxLength(Lengths.Header);
            row.HasIndex(r => r.At);
        });
        model.Entity<NumberRow>(row =>
        {
            row.ToTable("numbers").HasKey(r => r.Series);
            row.Property(r => r.Series).HasMaxLength(Lengths.Id);
        });
    }
}

/// <summary>How long short texts may be. Long enough for what the doors let in; needed where a database indexes no unbounded text.</summary>
internal static class Lengths
{
    public const int Desk = 10;
    public const int Day = 10;
    public const int Key = 22;
    public const int Id = 100;
    public const int EventName = 120;
    public const int TimerKey = 250;
    public const int Name = 255;
    public const int FieldText = 400;
    public const int Hash = 64;
    public const int Header = 400;
}
