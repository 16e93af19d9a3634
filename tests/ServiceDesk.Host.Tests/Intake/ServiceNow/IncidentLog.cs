namespace ServiceDesk.Host.Tests.Intake.ServiceNow;

/// <summary>
/// Where the log of real incidents lies. Source: "Incident management process enriched event log", UCI Machine Learning
/// Repository no. 498, C. A. L. Amaral, M. Fantinato, S. M. Peres, CC BY 4.0.
/// </summary>
internal static class IncidentLog
{
    /// <summary>Beside the project, where there is one.</summary>
    public const string Name = "shared/data/servicenow-incidents.csv";

    /// <summary>Its first 40 incidents.</summary>
    public static string Excerpt { get; } =
        Path.Combine(AppContext.BaseDirectory, "Intake", "ServiceNow", "incidents-excerpt.csv");

    /// <summary>The whole of it; null where it is absent.</summary>
    public static string? Whole { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var whole = Path.Combine(folder.FullName, Name);
            if (File.Exists(whole))
            {
                return whole;
            }
        }

        return null;
    }
}

/// <summary>A test with the whole log; skipped, and told so, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WholeLogFactAttribute : FactAttribute
{
    public WholeLogFactAttribute() =>
        Skip = IncidentLog.Whole is null ? $"{IncidentLog.Name} is not beside the project." : null;
}
