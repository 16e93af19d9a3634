using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.OpenApi;

/// <summary>The description of the API, made of its routes, at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    private const string Name = "v1";

    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            Name,
            options =>
            {
                options.ShouldInclude = description =>
                    description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
                options.AddDocumentTransformer(DescribeAsync);
                options.AddOperationTransformer(DescribeAsync);
                options.AddSchemaTransformer(DescribeAsync);
            }
        );

    public static void MapApiDescription(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellation
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServiceDesk",
            Version = Name,
            Description =
                "Tickets and the configuration of a service desk. Send a token as a bearer. Errors are problem+json "
                + "with a code for programs and sentences in the language of Accept-Language.",
        };
        // The address differs in every installation.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [PersonClaims.TokenScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(PersonClaims.TokenScheme, document)] = [],
            },
        ];
        return Task.CompletedTask;
    }

    private static Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var method = context.Description.HttpMethod;
        operation.Parameters ??= [];
        if (HttpMethods.IsPost(method ?? ""))
        {
            operation.Parameters.Add(
                Header(RequestRepeats.Header, "The same key with the same request has one effect and the same answer.")
            );
        }

        if (HttpMethods.IsPatch(method ?? ""))
        {
            operation.Parameters.Add(Header("If-Match", "The ETag that was seen.", isRequired: true));
        }

        operation.Responses ??= [];
        foreach (var (status, sentence) in new[] { ("401", "No valid token."), ("403", "The token may not do this.") })
        {
            operation.Responses.TryAdd(status, new OpenApiResponse { Description = sentence });
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, string description, bool isRequired = false) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Required = isRequired,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    // Types with a JSON form of their own.
    private static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellation
    )
    {
        // Bodies with unknown keys are refused, but answers may grow: clients must not be told that they never do.
        schema.AdditionalPropertiesAllowed = true;
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Instant))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        }
        else if (type == typeof(Duration))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "duration");
        }
        else if (
            type == typeof(PersonReference)
            || type == typeof(TeamReference)
            || type == typeof(OrganizationReference)
        )
        {
            schema.Type = JsonSchemaType.Integer | JsonSchemaType.String;
            schema.Properties = null;
        }
        else if (type == typeof(LocalizedText))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        else if (type == typeof(ValueMap<FieldValue>))
        {
            schema.Type = JsonSchemaType.Object;
        }
        else if (type == typeof(ValueList<string>))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        return Task.CompletedTask;
    }
}
