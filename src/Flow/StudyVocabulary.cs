using Pipeline.Artifacts;
using Pipeline.DataSets;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.LossScales;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Networks.Schedules;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.Transforms;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>The names that studies may use: those of the catalogues.</summary>
internal sealed class StudyVocabulary
{
    /// <summary>Collects the names.</summary>
    public StudyVocabulary(DataSetLibrary dataSets)
    {
        Names = Create(dataSets);
        Digest = Artifacts.Digest.Of(Text(Names));
    }

    /// <summary>All names there are.</summary>
    public Vocabulary Names { get; }

    /// <summary>The digest of every name with its parameters: when it changes, studies are read anew.</summary>
    public string Digest { get; }

    private static Vocabulary Create(DataSetLibrary dataSets) =>
        new()
        {
            Misfit = run => dataSets.Find(run.Text("dataset")).Shape is { } shape ? Misfit(run, shape) : null,
            Kinds =
            [
                new(
                    "activation",
                    ActivationCatalogue.Names,
                    ActivationCatalogue.Parameters,
                    (name, arguments) => ActivationCatalogue.Create(name, arguments)
                ),
                new(
                    "initializer",
                    InitializerCatalogue.Names,
                    InitializerCatalogue.Parameters,
                    (name, arguments) => InitializerCatalogue.Create(name, arguments)
                ),
                new(
                    "normalization",
                    NormalizationCatalogue.Names,
                    NormalizationCatalogue.Parameters,
                    (name, arguments) => NormalizationCatalogue.Create(name, arguments)
                ),
                new(
                    "optimizer",
                    OptimizerCatalogue.Names,
                    OptimizerCatalogue.Parameters,
                    (name, arguments) => OptimizerCatalogue.Create(name, arguments)
                ),
                new(
                    "loss",
                    LossCatalogue.Names,
                    LossCatalogue.Parameters,
                    (name, arguments) => LossCatalogue.Create(name, arguments)
                ),
                new(
                    "schedule",
                    ScheduleCatalogue.Names,
                    ScheduleCatalogue.Parameters,
                    (name, arguments) => ScheduleCatalogue.Create(name, arguments)
                ),
                new(
                    "event",
                    RunEventCatalogue.Names,
                    RunEventCatalogue.Parameters,
                    (name, arguments) => RunEventCatalogue.Create(name, arguments)
                ),
                new(
                    "loss scale",
                    LossScaleCatalogue.Names,
                    LossScaleCatalogue.Parameters,
                    (name, arguments) => LossScaleCatalogue.Create(name, arguments)
                ),
                new(
                    "metric",
                    MetricCatalogue.Names,
                    MetricCatalogue.Parameters,
                    (name, arguments) => MetricCatalogue.Create(name, arguments)
                ),
                dataSets.Kind(),
                new(
                    "probe",
                    ProbeCatalogue.Names,
                    ProbeCatalogue.Parameters,
                    (name, arguments) => ProbeCatalogue.Create(name, arguments)
                ),
                new(
                    "transform",
                    TransformCatalogue.Names,
                    TransformCatalogue.Parameters,
                    (name, arguments) => TransformCatalogue.Create(name, arguments)
                ),
            ],
        };

    private static string Text(Vocabulary vocabulary) =>
        string.Join(
            '\n',
            vocabulary.Kinds.SelectMany(kind =>
                kind.Names.Select(name =>
                    $"{kind.Kind} {name}({string.Join(',', kind.Parameters(name).Select(p => $"{p.Name}={p.Default}"))})"
                )
            )
        );

    private static (string Key, string Sentence)? Misfit(Parameters run, IReadOnlyList<int> shape)
    {
        try
        {
            var prepared = Preprocessor.Shape(run, shape);
            // Preprocessing is to blame where the network would fit the data as they are.
            return Trainer.Misfit(run, prepared) is { } misfit && Trainer.Misfit(run, shape) is null
                ? ("preprocessing", misfit.Sentence)
                : Trainer.Misfit(run, prepared);
        }
        catch (InvalidDataException e)
        {
            return ("preprocessing", e.Message);
        }
    }
}
