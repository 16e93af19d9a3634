using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>Drafts of SLA policies and calendars, what they would have meant, and how they came into force.</summary>
internal static class SlaMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<BacktestRow>(row =>
        {
            row.ToTable("sla_backtests").HasKey(r => r.Id);
            row.HasIndex(r => r.Slot).IsUnique();
        });
        model.Entity<BacktestClockRow>(row =>
        {
            row.ToTable("sla_backtest_clocks")
                .HasKey(r => new
                {
                    r.BacktestId,
                    r.TicketId,
                    r.Metric,
                    r.Cycle,
                });
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.HasOne<BacktestRow>().WithMany().HasForeignKey(r => r.BacktestId);
        });
        model.Entity<SlaDraftRow>(row =>
        {
            row.ToTable("sla_drafts").HasKey(r => new { r.Kind, r.Document });
            row.Property(r => r.Kind).HasMaxLength(Lengths.Id);
            row.Property(r => r.Document).HasMaxLength(Lengths.Id);
        });
        model.Entity<SlaCorrectionRow>(row =>
        {
            row.ToTable("sla_corrections").HasKey(r => r.Id);
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.HasIndex(r => new { r.State, r.Id });
            row.HasIndex(r => r.TicketId);
        });
        model.Entity<PromiseRow>(row =>
        {
            row.ToTable("sla_promises")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Metric,
                    r.Cycle,
                });
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.Property(r => r.Policy).HasMaxLength(Lengths.Id);
            row.Property(r => r.Calendar).HasMaxLength(Lengths.Id);
            row.HasIndex(r => new { r.Agreement, r.DecidedAt });
            row.HasIndex(r => new { r.Agreement, r.StartedAt });
            row.HasIndex(r => new { r.Status, r.Agreement });
            row.HasIndex(r => new
            {
                r.Status,
                r.Policy,
                r.TicketId,
            });
            row.HasIndex(r => new
            {
                r.Status,
                r.Calendar,
                r.TicketId,
            });
        });
        model.Entity<PromiseStayRow>(row =>
        {
            row.ToTable("sla_promise_stays")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Metric,
                    r.Cycle,
                    r.Number,
                });
            row.Property(r => r.Metric).HasMaxLength(Lengths.Id);
            row.Property(r => r.Type).HasMaxLength(Lengths.Id);
            row.Property(r => r.Status).HasMaxLength(Lengths.Id);
        });
        model.Entity<SlaChangeoverRow>(row =>
        {
            row.ToTable("sla_changeovers").HasKey(r => r.Id);
            row.Property(r => r.Kind).HasMaxLength(Lengths.Id);
            row.Property(r => r.Document).HasMaxLength(Lengths.Id);
            row.HasIndex(r => new
                {
                    r.Kind,
                    r.Document,
                    r.Version,
                })
                .IsUnique();
        });
    }
}
