using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Export;

/// <summary>The arguments of a catalogue's operation by name, with defaults filled in.</summary>
internal static class OperationArguments
{
    /// <summary>The arguments of an activation.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Of(ActivationDescription layer) =>
        Of(layer.Operation, ActivationCatalogue.Parameters);

    /// <summary>The arguments of a normalization.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Of(NormalizationDescription layer) =>
        Of(layer.Operation, NormalizationCatalogue.Parameters);

    private static IReadOnlyList<KeyValuePair<string, double>> Of(
        Operation operation,
        Func<string, IReadOnlyList<(string Name, double? Default)>> parametersOf
    ) =>
        [
            .. parametersOf(operation.Name)
                .Select(
                    (parameter, i) =>
                        KeyValuePair.Create(
                            parameter.Name,
                            i < operation.Arguments.Count ? operation.Arguments[i] : parameter.Default!.Value
                        )
                ),
        ];
}
