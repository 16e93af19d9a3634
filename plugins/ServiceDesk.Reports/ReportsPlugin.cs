using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Reports.Api;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Reports;

/// <summary>Figures from the log, reports and dashboards. The reports that it brings are documents of the folder <c>configuration</c>.</summary>
public sealed class ReportsPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "reports";

    /// <summary>Who sees reports. Everybody sees figures of the desks that one works on, and no others.</summary>
    public const string SeePermission = "reports.see";

    /// <summary>Who changes reports, and dashboards of others.</summary>
    public const string EditPermission = "reports.edit";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        builder
            .AddTexts<Texts>()
            .AddPermission(
                new PermissionDefinition(SeePermission, "reports.permission.see", ["agent", "administrator"])
                {
                    DescriptionKey = "reports.permission.see-why",
                }
            )
            .AddPermission(
                new PermissionDefinition(EditPermission, "reports.permission.edit", ["administrator"])
                {
                    DescriptionKey = "reports.permission.edit-why",
                }
            )
            .AddTables<ReportTables>(options => new ReportTables(options), new StretchIndexes(), new MovesCounted())
            .AddProjection<FactProjection>("facts")
            .AddJob<WorkingTimeJob>("working-time", Duration.FromMinutes(1))
            .AddNavigation(
                new NavigationItem(
                    NavigationArea.Workspace,
                    "reports.title",
                    "chart-bar",
                    "/plugins/reports/list",
                    SeePermission
                )
            )
            .AddScriptModule(ReportScripts.Module)
            .AddApi(ReportRoutes.Map)
            .Services.AddSingleton<SeriesCatalog>()
            .AddSingleton<FigureReader>()
            .AddSingleton<FigureUpkeep>()
            .AddSingleton<GroupNames>()
            .AddSingleton<TableMaker>()
            .AddSingleton<ScriptedFigures>()
            .AddSingleton<ReportDesk>()
            .AddSingleton<DashboardDesk>();
    }
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
