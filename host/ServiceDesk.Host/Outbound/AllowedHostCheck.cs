using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Outbound;

/// <summary>An allowed host opens only private networks, and none of a cloud's own.</summary>
public sealed class AllowedHostCheck : DocumentCheck<AllowedHostDocument>
{
    protected override IEnumerable<DocumentProblem> Check(AllowedHostDocument document, IConfiguration configuration) =>
        document
            .Networks.Index()
            .Where(entry => !ForbiddenAddresses.IsPrivate(entry.Item))
            .Select(entry =>
                DocumentProblem.At($"/networks/{entry.Index}", "configuration.network-not-private", entry.Item)
            );
}
