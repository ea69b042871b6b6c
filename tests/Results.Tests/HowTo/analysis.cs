#:project ../../../src/Results/Results.csproj
using Microsoft.Data.Analysis;
using Pipeline.Results;

var study = StudyResults.Open("results/activation-initialization-normalization");
string[] axes = ["activation", "initialization", "normalization", "learning_rate"];
var completed = study.Runs.Filter(study.Runs["outcome"].ElementwiseEquals("completed"));
var chosen = completed.Merge(study.Cells, axes, axes, "", "_of_cell", JoinAlgorithm.Inner);
foreach (var row in chosen.GroupBy("normalization").Mean("test_accuracy").Rows)
    Console.WriteLine($"{row[0], -10} {row[1]:F4} {new string('#', (int)(60 * (double)row[1]))}");
