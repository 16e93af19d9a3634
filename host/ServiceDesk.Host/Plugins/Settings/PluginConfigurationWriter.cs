using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Settings;

/// <inheritdoc cref="IConfigurationWriter"/>
internal sealed class PluginConfigurationWriter(IConfigurationEditor editor, DocumentText text) : IConfigurationWriter
{
    public async Task<ValueList<Refusal>> SaveAsync(
        Viewer author,
        ConfigurationDocument document,
        int? expectedVersion,
        CancellationToken cancellation = default
    ) =>
        MayNot(author, document.GetType())
        ?? Said(await editor.SaveAsync(text.ToYaml(document), expectedVersion, By(author), cancellation));

    public async Task<ValueList<Refusal>> RemoveAsync<TDocument>(
        Viewer author,
        string id,
        int? expectedVersion,
        CancellationToken cancellation = default
    )
        where TDocument : ConfigurationDocument =>
        MayNot(author, typeof(TDocument))
        ?? Said(
            await editor.RemoveAsync(
                DocumentTypes.KindOf(typeof(TDocument)),
                id,
                expectedVersion,
                By(author),
                cancellation
            )
        );

    private static ValueList<Refusal>? MayNot(Viewer author, Type type) =>
        author.May(Permissions.Configure) || type == typeof(ReportDocument) || type == typeof(DashboardDocument)
            ? null
            : [Refusal.Forbidden("configuration.not-allowed")];

    private static ConfigurationAuthor By(Viewer author) => new(author.Person.Id, null, null);

    private static ValueList<Refusal> Said(ConfigurationOutcome outcome) =>
        outcome.Status switch
        {
            ConfigurationStatus.Written or ConfigurationStatus.Unchanged => [],
            ConfigurationStatus.NotFound => [Refusal.NotFound("configuration.no-document")],
            ConfigurationStatus.Conflict => [Refusal.Conflict("configuration.changed-meanwhile")],
            _ =>
            [
                .. outcome.Problems.Select(one =>
                    Refusal.Invalid(one.Problem.Code, one.Problem.Path, [.. one.Problem.Arguments])
                ),
            ],
        };
}
