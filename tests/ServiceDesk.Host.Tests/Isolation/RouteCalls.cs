using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>One request that a route of the running server takes.</summary>
/// <param name="Route">The route's address, as its table has it.</param>
/// <param name="Method">The method.</param>
/// <param name="Address">Path and query.</param>
/// <param name="Form">For pages, the fields of the form.</param>
/// <param name="Values">What stands in the parameters of the address.</param>
public sealed record RouteCall(
    string Route,
    HttpMethod Method,
    string Address,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyDictionary<string, string> Form
)
{
    /// <summary>The handler of a page that is asked; empty for the page itself and for the API.</summary>
    public string Handler =>
        Address.LastIndexOf("handler=", StringComparison.Ordinal) is var at and >= 0 ? Address[at..] : "";

    public bool IsApi => Address.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>The address with other values in its path and query.</summary>
    public string AddressWith(IReadOnlyDictionary<string, string> values) => RouteCalls.AddressOf(this, values);

    public override string ToString() => $"{Method} {Address}";
}

/// <summary>
/// Every request that the running server's route table allows, with every known value in every parameter: a route that is
/// added to the product is called without anybody remembering it here. Parameters are combined where that is few.
/// </summary>
public sealed partial class RouteCalls(IsolationWorld world)
{
    private const int MostCombined = 40;
    private const int Many = 12;
    private const int Share = 3;
    private readonly KnownValues values = new(world);

    /// <summary>All reading requests.</summary>
    public async Task<IReadOnlyList<RouteCall>> ReadingAsync()
    {
        var calls = new List<RouteCall>();
        foreach (var endpoint in Endpoints())
        {
            var page = await PageAsync(endpoint);
            if (page is not null ? HasGet(page) : MethodsOf(endpoint).Contains("GET"))
            {
                var names = page is not null ? QueryOf(page) : QueryOf(endpoint);
                calls.AddRange(Reading(Pattern(endpoint), [.. names.Where(name => !IsInRoute(endpoint, name))]));
                calls.AddRange(NamedHandlers(page).SelectMany(handler => Reading(endpoint, handler)));
            }
        }

        return [.. calls.DistinctBy(call => call.Address)];
    }

    /// <summary>All writing requests.</summary>
    public async Task<IReadOnlyList<RouteCall>> WritingAsync()
    {
        var calls = new List<RouteCall>();
        foreach (var endpoint in Endpoints())
        {
            if (await PageAsync(endpoint) is { } page)
            {
                calls.AddRange(
                    page.HandlerMethods.Where(IsPost).SelectMany(handler => Posting(endpoint, page, handler))
                );
            }
            else
            {
                calls.AddRange(
                    MethodsOf(endpoint)
                        .Where(method => method is not ("GET" or "HEAD"))
                        .SelectMany(method =>
                            Filled(Pattern(endpoint))
                                .Select(chosen => new RouteCall(
                                    Pattern(endpoint),
                                    new HttpMethod(method),
                                    Address(Pattern(endpoint), chosen),
                                    chosen,
                                    Nothing
                                ))
                        )
                );
            }
        }

        return calls;
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        world
            .App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>();

    // What a page answers besides itself: exports and files.
    private static IEnumerable<HandlerMethodDescriptor> NamedHandlers(CompiledPageActionDescriptor? page) =>
        (page?.HandlerMethods ?? []).Where(handler => !IsPost(handler) && !string.IsNullOrEmpty(handler.Name));

    private IEnumerable<RouteCall> Reading(RouteEndpoint endpoint, HandlerMethodDescriptor handler)
    {
        var names = NamesOf(handler).Distinct(StringComparer.Ordinal).Where(name => !IsInRoute(endpoint, name));
        return Reading(Pattern(endpoint), [.. names])
            .Select(call =>
                call with
                {
                    Address = call.Address + (call.Address.Contains('?') ? '&' : '?') + $"handler={handler.Name}",
                }
            );
    }

    private static IEnumerable<string> NamesOf(HandlerMethodDescriptor handler) =>
        handler
            .Parameters.Where(parameter => IsValue(parameter.ParameterType))
            .Select(parameter => Camel(parameter.BindingInfo?.BinderModelName ?? parameter.Name));

    private IEnumerable<RouteCall> Reading(string pattern, IReadOnlyList<string> names)
    {
        var filled = Filled(pattern).ToList();
        foreach (var (place, chosen) in filled.Index())
        {
            foreach (var (number, query) in Queries(pattern, names, chosen, filled.Count < Many).Index())
            {
                // Each row is asked for; with each query every third of many, so that each query meets rows of every company.
                if (number == 0 || filled.Count < Many || (place + (place / Share) + number) % Share == 0)
                {
                    yield return new RouteCall(
                        pattern,
                        HttpMethod.Get,
                        Address(pattern, chosen) + Text(query),
                        chosen.Concat(query).ToDictionary(StringComparer.Ordinal),
                        Nothing
                    );
                }
            }
        }
    }

    private IEnumerable<RouteCall> Posting(
        RouteEndpoint endpoint,
        CompiledPageActionDescriptor page,
        HandlerMethodDescriptor handler
    )
    {
        var pattern = Pattern(endpoint);
        var names = page
            .BoundProperties.Select(property => property.BindingInfo?.BinderModelName ?? property.Name)
            .Concat(
                handler
                    .Parameters.Where(parameter => IsValue(parameter.ParameterType))
                    .Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name)
            )
            .Select(Camel)
            .Distinct(StringComparer.Ordinal)
            .Where(name => !IsInRoute(endpoint, name))
            .ToList();
        var query = string.IsNullOrEmpty(handler.Name) ? "" : $"?handler={handler.Name}";
        foreach (var chosen in Filled(pattern))
        {
            // A ticket named in the form is as good as one in the address.
            var keys = names.Contains("key") ? values.Of(pattern, "key", chosen) : [""];
            foreach (var key in keys)
            {
                var form = names.ToDictionary(
                    name => name,
                    name => name == "key" ? key : values.Of(pattern, name, chosen)[^1],
                    StringComparer.Ordinal
                );
                var named =
                    key.Length == 0
                        ? chosen
                        : new Dictionary<string, string>(chosen, StringComparer.Ordinal) { ["key"] = key };
                yield return new RouteCall(pattern, HttpMethod.Post, Address(pattern, chosen) + query, named, form);
            }
        }
    }

    // Nothing, each value of each parameter alone, and all combinations where they and the rows are few.
    private IEnumerable<IReadOnlyDictionary<string, string>> Queries(
        string pattern,
        IReadOnlyList<string> names,
        IReadOnlyDictionary<string, string> chosen,
        bool isCombined
    )
    {
        yield return Nothing;
        var known = names.ToDictionary(name => name, name => values.Of(pattern, name, chosen), StringComparer.Ordinal);
        foreach (var (name, list) in known)
        {
            foreach (var value in list)
            {
                yield return new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
            }
        }

        if (
            isCombined
            && names.Count > 1
            && known.Values.Aggregate(1, (product, list) => Math.Min(product * list.Count, MostCombined + 1))
                <= MostCombined
        )
        {
            foreach (var combined in Combined([.. known]))
            {
                yield return combined;
            }
        }
    }

    private static IEnumerable<IReadOnlyDictionary<string, string>> Combined(
        IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> known
    ) =>
        known.Aggregate(
            (IEnumerable<IReadOnlyDictionary<string, string>>)[Nothing],
            (found, next) =>
                found.SelectMany(before =>
                    next.Value.Select(value =>
                        (IReadOnlyDictionary<string, string>)
                            new Dictionary<string, string>(before, StringComparer.Ordinal) { [next.Key] = value }
                    )
                )
        );

    private IEnumerable<IReadOnlyDictionary<string, string>> Filled(string pattern)
    {
        IEnumerable<IReadOnlyDictionary<string, string>> found = [Nothing];
        foreach (var match in RouteParameter().Matches(pattern).Cast<Match>())
        {
            var name = match.Groups["name"].Value;
            found = found
                .SelectMany(chosen =>
                    values
                        .Of(pattern, name, chosen)
                        .Select(value =>
                            (IReadOnlyDictionary<string, string>)
                                new Dictionary<string, string>(chosen, StringComparer.Ordinal) { [name] = value }
                        )
                )
                .ToList();
        }

        return found;
    }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(
        StringComparer.Ordinal
    );

    private static string Address(string pattern, IReadOnlyDictionary<string, string> chosen) =>
        RouteParameter().Replace(pattern, match => Uri.EscapeDataString(chosen[match.Groups["name"].Value]));

    internal static string AddressOf(RouteCall call, IReadOnlyDictionary<string, string> values)
    {
        var inPath = RouteParameter().Matches(call.Route).Select(match => match.Groups["name"].Value).ToHashSet();
        var query = values.Where(value => !inPath.Contains(value.Key)).ToDictionary(StringComparer.Ordinal);
        var address = Address(call.Route, values) + Text(query);
        return call.Handler.Length == 0 ? address : address + (query.Count > 0 ? '&' : '?') + call.Handler;
    }

    private static string Text(IReadOnlyDictionary<string, string> query) =>
        query.Count == 0
            ? ""
            : "?" + string.Join('&', query.Select(entry => $"{entry.Key}={Uri.EscapeDataString(entry.Value)}"));

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static bool IsInRoute(RouteEndpoint endpoint, string name) =>
        endpoint.RoutePattern.Parameters.Any(parameter =>
            parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        );

    private async Task<CompiledPageActionDescriptor?> PageAsync(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
            ? await world.Get<PageLoader>().LoadAsync(page, endpoint.Metadata)
            : null;

    // A page without handlers is drawn for every method.
    private static bool HasGet(CompiledPageActionDescriptor page) =>
        page.HandlerMethods.Count == 0
        || page.HandlerMethods.Any(handler => handler.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase));

    private static bool IsPost(HandlerMethodDescriptor handler) =>
        handler.HttpMethod.Equals("POST", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> QueryOf(CompiledPageActionDescriptor page) =>
        page
            .BoundProperties.OfType<PageBoundPropertyDescriptor>()
            .Where(property => property.BindingInfo?.RequestPredicate is not null && IsBoundOnGet(property))
            .Select(property => property.BindingInfo?.BinderModelName ?? property.Name)
            .Concat(
                page.HandlerMethods.Where(handler => !IsPost(handler))
                    .SelectMany(handler => handler.Parameters)
                    .Where(parameter => IsValue(parameter.ParameterType))
                    .Select(parameter => parameter.BindingInfo?.BinderModelName ?? parameter.Name)
            )
            .Select(Camel)
            .Distinct(StringComparer.Ordinal);

    private static bool IsBoundOnGet(PageBoundPropertyDescriptor property) =>
        property.Property.GetCustomAttribute<Microsoft.AspNetCore.Mvc.BindPropertyAttribute>()?.SupportsGet == true;

    // What a handler reads from the request by itself is named in the files of the routes; the tests name it too.
    private static IEnumerable<string> QueryOf(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).SelectMany(parameter =>
            IsValue(parameter.ParameterType) ? [parameter.Name!]
            : parameter.GetCustomAttribute<AsParametersAttribute>() is null ? []
            : parameter
                .ParameterType.GetProperties()
                .Where(property => IsValue(property.PropertyType))
                .Select(property => Camel(property.Name))
        );

    private static bool IsValue(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RouteParameter();
}
