using Microsoft.EntityFrameworkCore;

namespace ServiceDesk.Storage.Model.Mapping;

/// <summary>What rules did and what they wait for.</summary>
internal static class RuleMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<RuleRunRow>(row =>
        {
            row.ToTable("rule_runs").HasKey(r => r.Id);
            row.Property(r => r.Rule).HasMaxLength(Lengths.Id);
            row.Property(r => r.Occasion).HasMaxLength(Lengths.Id);
            row.HasIndex(r => new
                {
                    r.TicketId,
                    r.Rule,
                    r.Occasion,
                })
                .IsUnique();
            row.HasIndex(r => new { r.Rule, r.Id });
            row.HasIndex(r => new { r.Outcome, r.Id });
            row.HasIndex(r => r.At);
        });
        model.Entity<RuleDraftRow>(row =>
        {
            row.ToTable("rule_drafts").HasKey(r => r.Rule);
            row.Property(r => r.Rule).HasMaxLength(Lengths.Id);
        });
        model.Entity<WorkflowDraftRow>(row =>
        {
            row.ToTable("workflow_drafts").HasKey(r => r.Workflow);
            row.Property(r => r.Workflow).HasMaxLength(Lengths.Id);
        });
        model.Entity<RuleWaitRow>(row =>
        {
            row.ToTable("rule_waits")
                .HasKey(r => new
                {
                    r.TicketId,
                    r.Rule,
                    r.Place,
                });
            row.Property(r => r.Rule).HasMaxLength(Lengths.Id);
            row.HasIndex(r => r.DueAt);
        });
    }
}
